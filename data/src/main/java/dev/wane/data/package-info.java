/** Data sets, bundled and verified, and batches addressable by (seed, step). */
@NullMarked
package dev.wane.data;

import org.jspecify.annotations.NullMarked;
