/** What a decay does over a run: retention, memory, equilibrium. */
@NullMarked
package dev.wane.dynamics;

import org.jspecify.annotations.NullMarked;
