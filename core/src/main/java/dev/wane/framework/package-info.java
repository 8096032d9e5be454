/** What each framework's optimizers mean by weight decay. */
@NullMarked
package dev.wane.framework;

import org.jspecify.annotations.NullMarked;
