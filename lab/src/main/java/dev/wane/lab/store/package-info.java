/** Trials and results in SQLite. */
@NullMarked
package dev.wane.lab.store;

import org.jspecify.annotations.NullMarked;
