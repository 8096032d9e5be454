/** The verbs. */
@NullMarked
package dev.wane.cli;

import org.jspecify.annotations.NullMarked;
