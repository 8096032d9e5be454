package dev.wane.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** libtorch itself: loading, threads, and what it is. */
public final class Torch {
    /**
     * Changes whenever the same trial would give other bits: part of a trial's identity.
     */
    public static final int NUMERICS_VERSION = 2;

    private static final Pattern VERSION = Pattern.compile("TORCH_VERSION=([^,]+)");

    private Torch() {}

    /** Loads the native library; takes seconds the first time on a machine, when it is unpacked. */
    public static void load() {
        Loader.load(torch.class);
    }

    /**
     * Sets the intra-op threads of the calling thread. Every thread that trains calls this first: OpenMP keeps the
     * number per thread.
     */
    public static void useThreads(int threads) {
        torch.set_num_threads(threads);
    }

    /** For example {@code 2.10.0}. */
    public static String version() {
        Matcher version = VERSION.matcher(torch.show_config().getString());
        return version.find() ? version.group(1) : "unknown";
    }

    /** The BLAS that matrix products run on, as chosen by the {@code org.bytedeco.openblas.load} property. */
    public static String blas() {
        return System.getProperty("org.bytedeco.openblas.load", "openblas");
    }
}
