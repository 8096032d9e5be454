/** Experiments: what to train, tune and transfer. */
@NullMarked
package dev.wane.formats.experiment;

import org.jspecify.annotations.NullMarked;
