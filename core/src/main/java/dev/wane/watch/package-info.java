/** Runs as they are logged, and what weight decay is seen to do in them. */
@NullMarked
package dev.wane.watch;

import org.jspecify.annotations.NullMarked;
