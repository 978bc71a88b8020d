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

// Makes ncurses write into `descriptor`; the stream is never closed, since ncurses keeps it.
static inline SCREEN *nc_newterm(const char *name, int descriptor) {
  FILE *stream = fdopen(descriptor, "w");
  return stream == NULL ? NULL : newterm(name, stream, stdin);
}
static inline WINDOW *nc_screen(void) { return stdscr; }
static inline int nc_lines(void) { return LINES; }
static inline int nc_columns(void) { return COLS; }
static inline int nc_colours(void) { return COLORS; }
// A string capability's text; NULL where the terminal has none.
static inline const char *nc_text(const char *capability) {
  char *text = tigetstr(capability);
  return text == (char *)-1 ? NULL : text;
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
static const attr_t nc_bold = A_BOLD, nc_dim = A_DIM, nc_reverse = A_REVERSE,
                    nc_protect = A_PROTECT;

// An unnamed file in memory that can never be executed (where the kernel knows that), or -1;
// glibc's own wrapper hides behind a feature macro.
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>
static inline int nc_memory_file(void) {
  const unsigned close_on_exec = 1, never_executed = 8;
  int file = (int)syscall(SYS_memfd_create, "terminal", close_on_exec | never_executed);
  if (file < 0 && errno == EINVAL)
    file = (int)syscall(SYS_memfd_create, "terminal", close_on_exec);
  return file;
}
