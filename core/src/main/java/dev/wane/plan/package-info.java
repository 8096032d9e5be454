/** Every law side by side for one change. */
@NullMarked
package dev.wane.plan;

import org.jspecify.annotations.NullMarked;
