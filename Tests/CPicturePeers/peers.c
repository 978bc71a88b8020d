// SPDX-License-Identifier: Apache-2.0
#include "CPicturePeers.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static uint8_t *kept;
static size_t kept_length, kept_room;

static void keep(const void *bytes, size_t length) {
  if (kept_length + length > kept_room) {
    kept_room = (kept_length + length) * 2;
    uint8_t *larger = realloc(kept, kept_room);
    if (!larger) abort();
    kept = larger;
  }
  memcpy(kept + kept_length, bytes, length);
  kept_length += length;
}

// MARK: libsixel

static struct {
  bool tried, loaded;
  int (*output_new)(void **, int (*)(char *, int, void *), void *, void *);
  void (*output_unref)(void *);
  int (*dither_new)(void **, int, void *);
  void *(*dither_get)(int);
  void (*dither_unref)(void *);
  int (*dither_initialize)(void *, uint8_t *, int, int, int, int, int, int);
  void (*dither_set_diffusion_type)(void *, int);
  int (*encode)(uint8_t *, int, int, int, void *, void *);
  int (*decode_raw)(uint8_t *, int, uint8_t **, int *, int *, uint8_t **, int *, void *);
} sixel;

enum { RGB888 = 3, DIFFUSE_NONE = 1, BUILTIN_XTERM256 = 3 };

bool peers_has_libsixel(void) {
  if (sixel.tried) return sixel.loaded;
  sixel.tried = true;
  void *library = dlopen("libsixel.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return false;
#define LOAD(name) (*(void **)&sixel.name = dlsym(library, "sixel_" #name))
  sixel.loaded = LOAD(output_new) && LOAD(output_unref) && LOAD(dither_new) && LOAD(dither_get) &&
                 LOAD(dither_unref) && LOAD(dither_initialize) &&
                 LOAD(dither_set_diffusion_type) && LOAD(encode) && LOAD(decode_raw);
#undef LOAD
  return sixel.loaded;
}

static int collect(char *bytes, int length, void *context) {
  (void)context;
  keep(bytes, (size_t)length);
  return length;
}

static void *dither_for(uint8_t *rgb, int width, int height, peers_palette palette) {
  static void *first;
  if (palette == PEERS_SIXEL_XTERM256) return sixel.dither_get(BUILTIN_XTERM256);
  if (palette == PEERS_SIXEL_KEPT && first) return first;
  void *dither = NULL;
  if (sixel.dither_new(&dither, 256, NULL) != 0) return NULL;
  if (sixel.dither_initialize(dither, rgb, width, height, RGB888, 0, 0, 0) != 0) return NULL;
  if (palette == PEERS_SIXEL_KEPT) first = dither;
  return dither;
}

const uint8_t *peers_sixel(const uint8_t *rgb, int width, int height, peers_palette palette,
                           size_t *length) {
  if (!peers_has_libsixel()) return NULL;
  kept_length = 0;
  // Encoding may turn the pixels into indices in place.
  size_t size = (size_t)width * (size_t)height * 3;
  uint8_t *copy = malloc(size);
  if (!copy) return NULL;
  memcpy(copy, rgb, size);
  void *output = NULL;
  void *dither = dither_for(copy, width, height, palette);
  bool done = dither && sixel.output_new(&output, collect, NULL, NULL) == 0;
  if (done) {
    sixel.dither_set_diffusion_type(dither, DIFFUSE_NONE);
    done = sixel.encode(copy, width, height, 3, dither, output) == 0;
    sixel.output_unref(output);
  }
  if (dither && palette != PEERS_SIXEL_KEPT) sixel.dither_unref(dither);
  free(copy);
  *length = kept_length;
  return done ? kept : NULL;
}

bool peers_decode(const uint8_t *bytes, size_t length, uint8_t *rgb, int width, int height) {
  if (!peers_has_libsixel()) return false;
  uint8_t *indices = NULL, *palette = NULL;
  int wide = 0, high = 0, count = 0;
  uint8_t *copy = malloc(length + 1);
  if (!copy) return false;
  memcpy(copy, bytes, length);
  bool done = sixel.decode_raw(copy, (int)length, &indices, &wide, &high, &palette, &count, NULL) == 0;
  // A last band may reach below the picture.
  done = done && wide >= width && high >= height;
  for (int row = 0; done && row < height; row++) {
    for (int column = 0; column < width; column++) {
      memcpy(rgb + 3 * ((size_t)row * width + column),
             palette + 3 * (size_t)indices[(size_t)row * wide + column], 3);
    }
  }
  free(indices);
  free(palette);
  free(copy);
  return done;
}

// MARK: chafa

struct gstring {
  char *bytes;
  size_t length, room;
};

static struct {
  bool tried, loaded;
  void (*set_n_threads)(int);
  void *(*symbol_map_new)(void);
  void (*symbol_map_add_by_tags)(void *, int);
  void (*symbol_map_unref)(void *);
  void *(*canvas_config_new)(void);
  void (*canvas_config_unref)(void *);
  void (*canvas_config_set_geometry)(void *, int, int);
  void (*canvas_config_set_cell_geometry)(void *, int, int);
  void (*canvas_config_set_pixel_mode)(void *, int);
  void (*canvas_config_set_symbol_map)(void *, const void *);
  void (*canvas_config_set_work_factor)(void *, float);
  void *(*canvas_new)(const void *);
  void (*canvas_unref)(void *);
  void (*canvas_draw_all_pixels)(void *, int, const uint8_t *, int, int, int);
  struct gstring *(*canvas_print)(void *, void *);
  void *(*term_db_get_default)(void);
  void *(*term_db_get_fallback_info)(void *);
} chafa;
static char *(*g_string_free)(struct gstring *, int);

bool peers_has_chafa(void) {
  if (chafa.tried) return chafa.loaded;
  chafa.tried = true;
  void *library = dlopen("libchafa.so.0", RTLD_NOW | RTLD_LOCAL);
  void *glib = dlopen("libglib-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
  if (!library || !glib) return false;
#define LOAD(name) (*(void **)&chafa.name = dlsym(library, "chafa_" #name))
  chafa.loaded =
      LOAD(symbol_map_new) && LOAD(symbol_map_add_by_tags) && LOAD(symbol_map_unref) &&
      LOAD(canvas_config_new) && LOAD(canvas_config_unref) && LOAD(canvas_config_set_geometry) &&
      LOAD(canvas_config_set_cell_geometry) && LOAD(canvas_config_set_pixel_mode) &&
      LOAD(canvas_config_set_symbol_map) && LOAD(canvas_config_set_work_factor) &&
      LOAD(canvas_new) && LOAD(canvas_unref) && LOAD(canvas_draw_all_pixels) &&
      LOAD(canvas_print) && LOAD(term_db_get_default) && LOAD(term_db_get_fallback_info) &&
      (*(void **)&g_string_free = dlsym(glib, "g_string_free"));
  if (chafa.loaded && LOAD(set_n_threads)) chafa.set_n_threads(1);
#undef LOAD
  return chafa.loaded;
}

enum { PIXEL_RGB8 = 8, MODE_SYMBOLS = 0, MODE_SIXELS = 1 };

const uint8_t *peers_chafa(const uint8_t *rgb, int width, int height, int columns, int rows,
                           int cell_width, int cell_height, uint32_t tags, float work,
                           size_t *length) {
  if (!peers_has_chafa()) return NULL;
  void *config = chafa.canvas_config_new();
  chafa.canvas_config_set_geometry(config, columns, rows);
  chafa.canvas_config_set_cell_geometry(config, cell_width, cell_height);
  chafa.canvas_config_set_pixel_mode(config, tags ? MODE_SYMBOLS : MODE_SIXELS);
  chafa.canvas_config_set_work_factor(config, work);
  if (tags) {
    void *map = chafa.symbol_map_new();
    chafa.symbol_map_add_by_tags(map, (int)tags);
    chafa.canvas_config_set_symbol_map(config, map);
    chafa.symbol_map_unref(map);
  }
  void *canvas = chafa.canvas_new(config);
  chafa.canvas_draw_all_pixels(canvas, PIXEL_RGB8, rgb, width, height, width * 3);
  void *terminal = chafa.term_db_get_fallback_info(chafa.term_db_get_default());
  struct gstring *text = chafa.canvas_print(canvas, terminal);
  kept_length = 0;
  keep(text->bytes, text->length);
  g_string_free(text, 1);
  chafa.canvas_unref(canvas);
  chafa.canvas_config_unref(config);
  *length = kept_length;
  return kept;
}
