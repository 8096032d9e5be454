/** Benchmarks: candidates against references in one run. */
@NullMarked
package dev.wane.bench;

import org.jspecify.annotations.NullMarked;
