// SPDX-License-Identifier: Apache-2.0
// What Swift cannot import of curses.h by itself: macros over structures, and variables that
// language mode 6 refuses as shared mutable state.
#pragma once
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>

// Three names of term.h, which would also bring termios into this module and hide it from Glibc's.
struct term;
extern struct term *cur_term;
extern int setupterm(const char *name, int descriptor, int *status);
extern int del_curterm(struct term *terminal);
extern char *tigetstr(const char *capability);

static inline SCREEN *nc_newterm(const char *name) { return newterm(name, stdout, stdin); }
static inline WINDOW *nc_screen(void) { return stdscr; }
static inline int nc_lines(void) { return LINES; }
static inline int nc_columns(void) { return COLS; }
static inline int nc_colours(void) { return COLORS; }
static inline int nc_has(const char *capability) {
  char *text = tigetstr(capability);
  return text != (char *)-1 && text != NULL;
}
static inline void nc_forget_setup(void) { del_curterm(cur_term); }
static inline int nc_put(WINDOW *window, int row, int column, unsigned scalar, attr_t attributes,
                         int pair) {
  wchar_t text[2] = {(wchar_t)scalar, 0};
  cchar_t cell;
  return setcchar(&cell, text, attributes, (short)pair, NULL) == OK
             ? mvwadd_wch(window, row, column, &cell)
             : ERR;
}
static inline void nc_background(WINDOW *window, int pair) {
  wchar_t text[2] = {L' ', 0};
  cchar_t cell;
  if (setcchar(&cell, text, A_NORMAL, (short)pair, NULL) == OK) wbkgrnd(window, &cell);
}
static const attr_t nc_bold = A_BOLD, nc_dim = A_DIM, nc_reverse = A_REVERSE;

// An unnamed file in memory, or -1; glibc's own wrapper hides behind a feature macro.
#include <sys/syscall.h>
#include <unistd.h>
static inline int nc_memory_file(void) {
  return (int)syscall(SYS_memfd_create, "terminal-log", 1u /* MFD_CLOEXEC */);
}
