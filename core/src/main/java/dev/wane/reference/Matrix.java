package dev.wane.reference;

/**
 * A small dense matrix, row after row.
 *
 * @param rows ≥ 1
 * @param columns ≥ 1
 * @param values rows × columns
 */
@SuppressWarnings("ArrayRecordComponent")
record Matrix(int rows, int columns, double[] values) {
    Matrix transposed() {
        double[] result = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return new Matrix(columns, rows, result);
    }

    Matrix times(double factor) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = factor * values[i];
        }
        return new Matrix(rows, columns, result);
    }

    Matrix plus(Matrix other) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] + other.values[i];
        }
        return new Matrix(rows, columns, result);
    }

    Matrix times(Matrix other) {
        double[] result = new double[rows * other.columns];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                double left = values[row * columns + k];
                for (int column = 0; column < other.columns; column++) {
                    result[row * other.columns + column] += left * other.values[k * other.columns + column];
                }
            }
        }
        return new Matrix(rows, other.columns, result);
    }
}
