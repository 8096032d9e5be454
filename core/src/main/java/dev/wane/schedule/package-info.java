/** The learning rate over a run, as a share of its peak. */
@NullMarked
package dev.wane.schedule;

import org.jspecify.annotations.NullMarked;
