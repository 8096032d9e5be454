/** Runs that people trained before, as their trackers kept them. */
@NullMarked
package dev.wane.formats.runs;

import org.jspecify.annotations.NullMarked;
