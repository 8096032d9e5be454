/** Runs trials on this machine. */
@NullMarked
package dev.wane.lab.run;

import org.jspecify.annotations.NullMarked;
