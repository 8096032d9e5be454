/** Runs whose batch changes on the way. */
@NullMarked
package dev.wane.elastic;

import org.jspecify.annotations.NullMarked;
