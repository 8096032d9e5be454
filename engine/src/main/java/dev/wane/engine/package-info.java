/** Models, optimizers and the training loop on libtorch. */
@NullMarked
package dev.wane.engine;

import org.jspecify.annotations.NullMarked;
