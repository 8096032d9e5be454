package dev.wane.formulas;

import java.util.function.ToDoubleFunction;

/**
 * A formula as a Javadoc has it, and the code that the Javadoc describes.
 *
 * @param of whose Javadoc
 * @param written the very text
 * @param byHand the text as arithmetic
 * @param code what the class computes
 */
record Formula(Class<?> of, String written, ToDoubleFunction<Draw> byHand, ToDoubleFunction<Draw> code) {
    @Override
    public String toString() {
        return of.getSimpleName() + ": " + written;
    }
}
