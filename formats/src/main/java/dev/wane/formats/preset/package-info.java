/** Published recipes. */
@NullMarked
package dev.wane.formats.preset;

import org.jspecify.annotations.NullMarked;
