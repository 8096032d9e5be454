/** Paired differences, corrections and verdicts. */
@NullMarked
package dev.wane.lab.stats;

import org.jspecify.annotations.NullMarked;
