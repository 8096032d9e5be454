/** One training run as a value: its specification, its identity, its result. */
@NullMarked
package dev.wane.lab.trial;

import org.jspecify.annotations.NullMarked;
