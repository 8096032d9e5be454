/** Tune small, plan, verify at the target. */
@NullMarked
package dev.wane.lab.transfer;

import org.jspecify.annotations.NullMarked;
