/**
 * Optimizers on {@code double[]}, as plain as their formulas: the oracle for every faster one, here and elsewhere.
 */
@NullMarked
package dev.wane.reference;

import org.jspecify.annotations.NullMarked;
