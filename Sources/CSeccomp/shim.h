// SPDX-License-Identifier: Apache-2.0
//
// libseccomp's filters, for Swift.

#pragma once

#include <seccomp.h>
