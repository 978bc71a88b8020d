// SPDX-License-Identifier: Apache-2.0
// The catalogue as one array, and how an attack of it is run.
#include "common.h"

const char attack_marker[16] = "frosted-glass-7";

static const struct attack_list *const lists[] = {
  &attack_files,     &attack_changes,   &attack_execution, &attack_sockets,
  &attack_processes, &attack_terminals, &attack_kernel,    &attack_store,
};

const struct attack_probe *attack_catalogue(size_t *count) {
  static struct attack_probe all[400];
  size_t total = 0;
  for (size_t list = 0; list < COUNT(lists); list++)
    for (size_t i = 0; i < lists[list]->count && total < COUNT(all); i++)
      all[total++] = lists[list]->probes[i];
  *count = total;
  return all;
}

void attack_name_result(int result, char *name, size_t size) {
  if (result == 0) snprintf(name, size, "works");
  else if (result == ATTACK_BROKEN) snprintf(name, size, "broken");
  else if (result == ATTACK_NO_EFFECT) snprintf(name, size, "no effect");
  else if (result == ATTACK_EXECUTING) snprintf(name, size, "executing");
  else if (result > ATTACK_SQLITE) snprintf(name, size, "SQLite %d", result - ATTACK_SQLITE);
  else if (result < 0) snprintf(name, size, "SIG%s", sigabbrev_np(-result) ?: "?");
  else snprintf(name, size, "%s", strerrorname_np(result) ?: "unknown");
}
