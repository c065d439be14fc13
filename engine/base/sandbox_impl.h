/* Private to the room: the walls of the cage. */
#ifndef MN_BASE_SANDBOX_IMPL_H
#define MN_BASE_SANDBOX_IMPL_H

#include "manumit/base/sandbox.h"

/* A sanitizer reserves terabytes of addresses and reads /proc when it reports, so under
 * one there is no limit on addresses and no filter of system calls. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MN_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
    __has_feature(thread_sanitizer)
#define MN_SANITIZED 1
#endif
#endif
#ifndef MN_SANITIZED
#define MN_SANITIZED 0
#endif

/* Puts the filter of system calls in force. False: not on this kernel or machine. */
bool mn_seccomp_enter(void);
/* Is there a filter for this machine? */
bool mn_seccomp_built(void);

#endif
