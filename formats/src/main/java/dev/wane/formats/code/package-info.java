/** Code and configuration out. */
@NullMarked
package dev.wane.formats.code;

import org.jspecify.annotations.NullMarked;
