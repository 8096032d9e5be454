/** Changes to a configuration file that keep its comments and its order. */
@NullMarked
package dev.wane.formats.apply;

import org.jspecify.annotations.NullMarked;
