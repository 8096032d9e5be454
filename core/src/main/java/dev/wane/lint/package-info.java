/** What is wrong with a weight decay, as findings with evidence. */
@NullMarked
package dev.wane.lint;

import org.jspecify.annotations.NullMarked;
