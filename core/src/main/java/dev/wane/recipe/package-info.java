/** What a person trains with, how long, and what they want to change. */
@NullMarked
package dev.wane.recipe;

import org.jspecify.annotations.NullMarked;
