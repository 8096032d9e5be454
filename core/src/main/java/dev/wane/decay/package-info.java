/** What a weight decay is multiplied by, and how long its memory is. */
@NullMarked
package dev.wane.decay;

import org.jspecify.annotations.NullMarked;
