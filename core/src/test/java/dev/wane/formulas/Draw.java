package dev.wane.formulas;

import java.util.SplittableRandom;

/** One choice of every symbol that formulas use, from a seed. */
final class Draw {
    final double eta;
    final double lambda;
    final double eta2;
    final double s;
    final double d;
    final double mu;
    final double a;
    final double beta1;
    final double beta2;
    final double eps;
    final double f;
    final double m;
    final double mL;
    final double kappa;
    final double theta;
    final double g;
    final long t;
    final long w;
    final long steps;
    final double batch;
    final double data;
    final double data2;
    final long epochs;
    final long epochs2;
    final double parameters;
    final double tokens;

    Draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        eta = Math.pow(10, -4 + 2 * random.nextDouble());
        eta2 = Math.pow(10, -4 + 2 * random.nextDouble());
        lambda = Math.pow(10, -3 + 3 * random.nextDouble());
        s = random.nextDouble();
        d = Math.pow(10, -5 + 4 * random.nextDouble());
        mu = 0.5 + 0.45 * random.nextDouble();
        a = 0.9 * random.nextDouble();
        beta1 = 0.85 + 0.14 * random.nextDouble();
        beta2 = 0.9 + 0.09 * random.nextDouble();
        eps = Math.pow(10, -9 + 3 * random.nextDouble());
        f = 0.5 * random.nextDouble();
        m = 2 + random.nextInt(7);
        mL = 1 + random.nextInt(7);
        kappa = 1 + 2 * random.nextDouble();
        theta = 0.1 + random.nextDouble();
        g = random.nextDouble() - 0.5;
        steps = 400 + random.nextInt(1000);
        w = 1 + random.nextInt(100);
        t = w + random.nextInt(200);
        batch = 1 + random.nextInt(100);
        data = 1000 + random.nextInt(1000);
        data2 = 1000 + random.nextInt(1000);
        epochs = 1 + random.nextInt(20);
        epochs2 = epochs + random.nextInt(20);
        parameters = Math.pow(10, 7 + 3 * random.nextDouble());
        tokens = Math.pow(10, 9 + 3 * random.nextDouble());
    }
}
