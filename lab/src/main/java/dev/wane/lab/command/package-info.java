/** Trials that a program of the user's own trains: one process each. */
@NullMarked
package dev.wane.lab.command;

import org.jspecify.annotations.NullMarked;
