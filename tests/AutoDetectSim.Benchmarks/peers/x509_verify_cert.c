/*
 * How many chains OpenSSL judges in a second on one thread, called as a TLS client calls it: the store is kept, and
 * errors do not end the verification. Usage: x509_verify_cert SECONDS leaf.der intermediate.der root.der
 */
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int go_on(int ok, X509_STORE_CTX *context)
{
    (void)ok;
    (void)context;
    return 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static unsigned char *read_file(const char *path, long *length)
{
    FILE *file = fopen(path, "rb");
    unsigned char *bytes;
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    fseek(file, 0, SEEK_END);
    *length = ftell(file);
    rewind(file);
    bytes = malloc((size_t)*length);
    if (bytes == NULL || fread(bytes, 1, (size_t)*length, file) != (size_t)*length) {
        perror(path);
        exit(2);
    }
    fclose(file);
    return bytes;
}

static X509 *parse(const unsigned char *bytes, long length)
{
    X509 *certificate = d2i_X509(NULL, &bytes, length);
    if (certificate == NULL) {
        fprintf(stderr, "not a certificate\n");
        exit(2);
    }
    return certificate;
}

static void verify(X509_STORE *store, X509 *leaf, X509 *intermediate)
{
    STACK_OF(X509) *sent = sk_X509_new_null();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    sk_X509_push(sent, leaf);
    sk_X509_push(sent, intermediate);
    X509_STORE_CTX_init(context, store, leaf, sent);
    X509_STORE_CTX_set_default(context, "ssl_server");
    X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(context), 1);
    X509_STORE_CTX_set_verify_cb(context, go_on);
    X509_verify_cert(context);
    if (X509_STORE_CTX_get_error(context) != X509_V_OK) {
        fprintf(stderr, "%s\n", X509_verify_cert_error_string(X509_STORE_CTX_get_error(context)));
        exit(1);
    }
    X509_STORE_CTX_free(context);
    sk_X509_free(sent);
}

int main(int argc, char **argv)
{
    long length[3];
    unsigned char *bytes[3];
    X509_STORE *store = X509_STORE_new();
    X509 *leaf, *intermediate;
    double seconds, start, parsed, once;
    long count = 0;
    int i;

    if (argc != 5) {
        fprintf(stderr, "usage: x509_verify_cert SECONDS leaf.der intermediate.der root.der\n");
        return 2;
    }
    seconds = atof(argv[1]);
    for (i = 0; i < 3; i++)
        bytes[i] = read_file(argv[i + 2], &length[i]);
    X509_STORE_add_cert(store, parse(bytes[2], length[2]));

    start = now();
    do {
        leaf = parse(bytes[0], length[0]);
        intermediate = parse(bytes[1], length[1]);
        verify(store, leaf, intermediate);
        X509_free(leaf);
        X509_free(intermediate);
        count++;
    } while (now() - start < seconds);
    parsed = (double)count / (now() - start);

    leaf = parse(bytes[0], length[0]);
    intermediate = parse(bytes[1], length[1]);
    count = 0;
    start = now();
    do {
        verify(store, leaf, intermediate);
        count++;
    } while (now() - start < seconds);
    once = (double)count / (now() - start);

    printf("{\"parsed\":%.1f,\"once\":%.1f}\n", parsed, once);
    return 0;
}
