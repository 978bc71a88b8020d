// SPDX-License-Identifier: Apache-2.0
// FFmpeg's demuxers, decoders and scaler; what Swift cannot import of them as constants.
#pragma once

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

static const int av_error_eof = AVERROR_EOF;
static const int av_error_again = AVERROR(EAGAIN);
static const int av_error_no_memory = AVERROR(ENOMEM);
static const int av_error_invalid = AVERROR(EINVAL);
static const int64_t av_no_stamp = AV_NOPTS_VALUE;
