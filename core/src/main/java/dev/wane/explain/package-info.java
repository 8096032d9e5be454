/** What a recipe's weight decay really does. */
@NullMarked
package dev.wane.explain;

import org.jspecify.annotations.NullMarked;
