/** Protocol Buffers, as far as ONNX and event files need them. */
@NullMarked
package dev.wane.formats.wire;

import org.jspecify.annotations.NullMarked;
