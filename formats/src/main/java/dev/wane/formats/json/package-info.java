/** JSON out. */
@NullMarked
package dev.wane.formats.json;

import org.jspecify.annotations.NullMarked;
