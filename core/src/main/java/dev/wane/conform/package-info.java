/** A conformance kit for optimizers: cases with expected weights, and what a deviation means. */
@NullMarked
package dev.wane.conform;

import org.jspecify.annotations.NullMarked;
