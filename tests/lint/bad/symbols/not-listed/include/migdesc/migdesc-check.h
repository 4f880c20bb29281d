void f (void);
