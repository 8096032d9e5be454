/** Recipes read from files and written as JSON. */
@NullMarked
package dev.wane.formats;

import org.jspecify.annotations.NullMarked;
