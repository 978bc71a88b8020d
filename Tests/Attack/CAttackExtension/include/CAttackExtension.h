// SPDX-License-Identifier: Apache-2.0
// Nothing here is called by name: the library is loaded, or is not.
#ifndef CATTACKEXTENSION_H
#define CATTACKEXTENSION_H
#endif
