/** What past sweeps say of weight decay: the best timescale, what it costs to miss it, what did nothing. */
@NullMarked
package dev.wane.lab.past;

import org.jspecify.annotations.NullMarked;
