// SPDX-License-Identifier: Apache-2.0
// A flat view of one libvterm cell: its unions and bit fields are awkward from Swift.
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <vterm.h>

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
