/** A tree of YAML, TOML or JSON that keeps where each value stands. */
@NullMarked
package dev.wane.formats.tree;

import org.jspecify.annotations.NullMarked;
