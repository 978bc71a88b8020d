// SPDX-License-Identifier: Apache-2.0
// What scenegen needs of libav's encoding side; macros that Swift cannot import get a name here.
#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>

static const int ffe_EOF = AVERROR_EOF;
static const int ffe_EAGAIN = AVERROR(EAGAIN);

static inline int ffe_mono(AVCodecContext *codec, AVFrame *frame) {
  const AVChannelLayout mono = AV_CHANNEL_LAYOUT_MONO;
  int result = av_channel_layout_copy(&codec->ch_layout, &mono);
  return result < 0 ? result : av_channel_layout_copy(&frame->ch_layout, &mono);
}
