// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Encoders of others, loaded when the benchmark runs; nothing is linked.

typedef enum { PEERS_SIXEL_ADAPTIVE, PEERS_SIXEL_KEPT, PEERS_SIXEL_XTERM256 } peers_palette;

// Whether the library could be loaded.
bool peers_has_libsixel(void);
bool peers_has_chafa(void);

// Encode a picture of RGB triples; the bytes are good until the next call. NULL where it failed.
// KEPT takes the palette of the first picture of the process that was encoded so.
const uint8_t *peers_sixel(const uint8_t *rgb, int width, int height, peers_palette palette,
                           size_t *length);
// Cells of symbols, or sixels of cells * cell pixels where tags is 0; work is 0 to 1.
const uint8_t *peers_chafa(const uint8_t *rgb, int width, int height, int columns, int rows,
                           int cell_width, int cell_height, uint32_t tags, float work,
                           size_t *length);

// Decode sixels over width * height RGB triples; false where that failed or is of another size.
bool peers_decode(const uint8_t *bytes, size_t length, uint8_t *rgb, int width, int height);
