/** What a probe in a training script wrote down of its optimizer. */
@NullMarked
package dev.wane.formats.probe;

import org.jspecify.annotations.NullMarked;
