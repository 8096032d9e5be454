/** Follows the logs of a run. */
@NullMarked
package dev.wane.formats.watch;

import org.jspecify.annotations.NullMarked;
