/** What is wrong with an input, collected and said at once. */
@NullMarked
package dev.wane.formats.problem;

import org.jspecify.annotations.NullMarked;
