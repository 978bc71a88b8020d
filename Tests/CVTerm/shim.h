// SPDX-License-Identifier: Apache-2.0
// A flat view of one libvterm cell: its unions and bit fields are awkward from Swift.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <vterm.h>
#include <wchar.h>

typedef struct {
  uint32_t scalar;           // 0 where nothing was ever written
  uint8_t foreground[3], background[3];
  bool hasForeground, hasBackground;  // false: the terminal's own
  bool isBold, isReverse;
} VTermFlatCell;

// The colours 16…255 are xterm's here; libvterm's own have even steps.
static inline void vterm_flat_colour(VTermScreen *screen, VTermColor *colour, uint8_t rgb[3]) {
  static const uint8_t steps[6] = {0, 95, 135, 175, 215, 255};
  if (VTERM_COLOR_IS_INDEXED(colour) && colour->indexed.idx >= 16) {
    int index = colour->indexed.idx - 16;
    int grey = 8 + (index - 216) * 10;
    rgb[0] = index < 216 ? steps[index / 36] : grey;
    rgb[1] = index < 216 ? steps[index / 6 % 6] : grey;
    rgb[2] = index < 216 ? steps[index % 6] : grey;
    return;
  }
  vterm_screen_convert_color_to_rgb(screen, colour);
  rgb[0] = colour->rgb.red;
  rgb[1] = colour->rgb.green;
  rgb[2] = colour->rgb.blue;
}

static inline VTermFlatCell vterm_flat_cell(VTermScreen *screen, int row, int column) {
  VTermFlatCell flat;
  VTermScreenCell cell;
  memset(&flat, 0, sizeof flat);
  if (!vterm_screen_get_cell(screen, (VTermPos){.row = row, .col = column}, &cell)) return flat;
  flat.scalar = cell.chars[0];
  flat.hasForeground = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
  flat.hasBackground = !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
  flat.isBold = cell.attrs.bold;
  flat.isReverse = cell.attrs.reverse;
  vterm_flat_colour(screen, &cell.fg, flat.foreground);
  vterm_flat_colour(screen, &cell.bg, flat.background);
  return flat;
}

// The C library's opinion on how many cells a character takes; glibc hides it behind a macro.
extern int wcwidth(wchar_t character);
static inline int vterm_c_library_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

// How many OSC and DCS strings libvterm's own parser sees in some bytes, so that its opinion can be
// held against ours.
typedef struct {
  int osc, dcs;
} VTermStrings;
static int vterm_seen_text(const char *bytes, size_t len, void *user) { return (int)len; }
static int vterm_seen_osc(const char *command, size_t len, void *user) {
  return ((VTermStrings *)user)->osc++, 1;
}
static int vterm_seen_dcs(const char *command, size_t len, void *user) {
  return ((VTermStrings *)user)->dcs++, 1;
}
static inline VTermStrings vterm_strings(const char *bytes, size_t count) {
  static const VTermParserCallbacks callbacks = {
      .text = vterm_seen_text, .osc = vterm_seen_osc, .dcs = vterm_seen_dcs};
  VTermStrings seen = {0, 0};
  VTerm *terminal = vterm_new(24, 80);
  if (terminal == NULL) return seen;
  vterm_set_utf8(terminal, 1);
  vterm_parser_set_callbacks(terminal, &callbacks, &seen);
  vterm_input_write(terminal, bytes, count);
  vterm_free(terminal);
  return seen;
}
